/** What component tests run against. */
package dev.berth.api.testing;
