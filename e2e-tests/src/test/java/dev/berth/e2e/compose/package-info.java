/** docker-compose.yml, run as a user would run it. */
package dev.berth.e2e.compose;
