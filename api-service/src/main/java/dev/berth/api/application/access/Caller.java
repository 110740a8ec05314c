package dev.berth.api.application.access;

/**
 * Who makes a request.
 *
 * @param userId unique for ever, as STS GetCallerIdentity shows it ({@code UserId})
 * @param arn the principal, such as {@code arn:aws:iam::000000000000:user/administrator}
 * @param accountId the account whose resources are meant
 * @param region the region whose resources are meant
 */
public record Caller(String userId, String arn, String accountId, String region) {}
