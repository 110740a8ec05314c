/** What the use cases need from the outside, in the words of the domain. */
package dev.berth.api.application.port;
