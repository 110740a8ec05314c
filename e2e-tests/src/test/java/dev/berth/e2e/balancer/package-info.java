/** Load balancers end to end: what clients of services lose while the services change. */
package dev.berth.e2e.balancer;
