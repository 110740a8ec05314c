/**
 * Forwarding traffic with Netty. What a write or a close comes to isn't looked at call by call
 * (hence the suppressed warning): a channel that fails closes, and its handler hears of that.
 */
package dev.berth.lb.adapter.proxy;
