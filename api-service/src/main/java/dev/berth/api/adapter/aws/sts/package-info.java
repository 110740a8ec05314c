/** AWS Security Token Service on the AWS wire: the one operation that every tool asks first. */
package dev.berth.api.adapter.aws.sts;
