/** Holds a service's configuration against the contracts. */
package dev.berth.testkit.contracts;
