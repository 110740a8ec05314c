/** Docker Engine: found, installed where missing, and asked. */
package dev.berth.standalone.docker;
