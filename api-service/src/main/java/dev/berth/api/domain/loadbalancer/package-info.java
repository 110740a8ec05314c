/** Load balancers, listeners, target groups and the health of targets. */
package dev.berth.api.domain.loadbalancer;
