/** Container instances: wanted state, attributes, and what to show of them. */
package dev.berth.api.domain.instance;
