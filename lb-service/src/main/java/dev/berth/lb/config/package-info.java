/** Settings under {@code berth.lb} and what the services share. */
package dev.berth.lb.config;
