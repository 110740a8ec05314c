/** What the tests of several modules share: seeded generators and architecture rules. */
package dev.berth.testkit;
