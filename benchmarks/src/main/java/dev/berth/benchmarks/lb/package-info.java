/** lb-service beside nginx and HAProxy, on the same core with the same backend. */
package dev.berth.benchmarks.lb;
