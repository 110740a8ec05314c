package dev.berth.contracts.loadbalancer;

/**
 * An answer without a target (ELBv2: FixedResponseActionConfig).
 *
 * @param statusCode 2XX, 4XX or 5XX, as three digits
 * @param contentType {@code text/plain}, {@code text/css}, {@code text/html}, {@code
 *     application/javascript} or {@code application/json}
 */
public record FixedResponseConfig(String messageBody, String statusCode, String contentType) {}
