/** Records about services: what is wanted, what is, and the sentences users read. */
package dev.berth.contracts.service;
