/** The borders inside a service, each with the reason why it stands. */
package dev.berth.testkit.architecture;
