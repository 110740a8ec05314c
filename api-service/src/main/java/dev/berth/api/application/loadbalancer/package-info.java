/** Load balancers, listeners, target groups and targets by hand. */
package dev.berth.api.application.loadbalancer;
