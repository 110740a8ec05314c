/** The bundled example, shown and counted. */
package dev.berth.standalone.demo;
