/** What can be wrong with a request, in words and codes that any wire format can carry. */
package dev.berth.api.domain.problem;
