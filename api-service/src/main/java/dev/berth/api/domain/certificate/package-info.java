/** Certificates that load balancers show to clients. */
package dev.berth.api.domain.certificate;
