/** TagResource, UntagResource, ListTagsForResource. */
package dev.berth.api.application.tag;
