/** The REST API under {@code /v1}: HTTP and JSON around the use cases, and no rule of its own. */
package dev.berth.api.adapter.rest;
