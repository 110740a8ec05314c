/**
 * Reads and writes the shapes of the AWS SDK as JSON, by the metadata that each carries about its
 * members. Knows no service and no operation.
 */
package dev.berth.api.adapter.aws.json;
