/** The public events as users follow them, and how long what is over is kept. */
package dev.berth.api.application.events;
