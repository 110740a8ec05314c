/** The one serial owner of the balancer's state, and the ports it needs. */
package dev.berth.lb.application;
