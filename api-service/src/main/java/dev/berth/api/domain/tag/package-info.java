/** Tags of any resource, by its ARN. */
package dev.berth.api.domain.tag;
