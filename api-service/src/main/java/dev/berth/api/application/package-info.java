/** The use cases: one class per thing a user may ask for. Any wire format calls these. */
package dev.berth.api.application;
