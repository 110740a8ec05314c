/** PostgreSQL as a child process, from its published executables. */
package dev.berth.standalone.postgres;
