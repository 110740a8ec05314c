/**
 * AWS Certificate Manager on the AWS wire, as much of it as imported certificates need: handlers
 * that only translate.
 */
package dev.berth.api.adapter.aws.acm;
