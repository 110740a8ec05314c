/** Every check of the repository, as CI runs them. */
package dev.berth.standalone.check;
