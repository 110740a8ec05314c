/** Records about tasks: wanted, decided, assigned, seen. */
package dev.berth.contracts.task;
