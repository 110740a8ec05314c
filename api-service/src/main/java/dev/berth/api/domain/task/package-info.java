/** Tasks: asked, decided and seen, and how the three make one answer. */
package dev.berth.api.domain.task;
