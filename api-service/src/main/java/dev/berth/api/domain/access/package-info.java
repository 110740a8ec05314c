/** Who may call, decided: signatures taken apart, and policies evaluated. */
package dev.berth.api.domain.access;
