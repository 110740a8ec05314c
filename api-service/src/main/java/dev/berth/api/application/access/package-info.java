/** Who may call, and the start of an installation. */
package dev.berth.api.application.access;
