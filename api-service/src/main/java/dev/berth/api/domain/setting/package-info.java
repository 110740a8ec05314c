/** Account settings: what may be set, and what holds where nobody set anything. */
package dev.berth.api.domain.setting;
