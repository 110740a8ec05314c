/** The public events as server-sent events. */
package dev.berth.api.adapter.rest.events;
