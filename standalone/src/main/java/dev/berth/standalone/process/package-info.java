/** Child processes: started, watched, stopped, with their output in a file. */
package dev.berth.standalone.process;
