/** Records about load balancers, their target groups and targets. */
package dev.berth.contracts.loadbalancer;
