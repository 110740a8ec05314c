/**
 * Secrets that must be readable again (signing keys, private keys of certificates) leave a process
 * only sealed, into a table or a topic, with a key that is kept in neither.
 */
package dev.berth.contracts.secret;
