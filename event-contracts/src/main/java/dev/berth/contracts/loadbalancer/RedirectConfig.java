package dev.berth.contracts.loadbalancer;

/**
 * Where a client is sent (ELBv2: RedirectActionConfig). Each part may hold {@code #{protocol}},
 * {@code #{host}}, {@code #{port}}, {@code #{path}} and {@code #{query}} for what the request had;
 * the parts are never absent: api-service writes ELBv2's defaults.
 *
 * @param statusCode {@code HTTP_301} or {@code HTTP_302}
 */
public record RedirectConfig(
    String protocol, String port, String host, String path, String query, String statusCode) {}
