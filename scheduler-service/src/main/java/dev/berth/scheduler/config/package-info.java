/** What an operator may set, with its defaults. */
package dev.berth.scheduler.config;
