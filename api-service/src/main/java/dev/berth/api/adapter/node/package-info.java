/** What a topic can't carry: streams that api-service reads from nodes on behalf of users. */
package dev.berth.api.adapter.node;
