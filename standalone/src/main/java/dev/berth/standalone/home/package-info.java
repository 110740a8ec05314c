/** The folder with data, logs, credentials and what is known about this installation. */
package dev.berth.standalone.home;
