/**
 * Reads the shapes of the AWS SDK from form parameters and writes them as XML, as the Query
 * protocols have it, by the metadata that each carries about its members. Knows no service and no
 * operation.
 */
package dev.berth.api.adapter.aws.query;
