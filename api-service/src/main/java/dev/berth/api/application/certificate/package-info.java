/** Importing, showing and deleting certificates. */
package dev.berth.api.application.certificate;
