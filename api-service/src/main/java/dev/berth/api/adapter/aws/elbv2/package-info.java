/** Elastic Load Balancing (version 2) on the AWS wire: handlers that only translate. */
package dev.berth.api.adapter.aws.elbv2;
