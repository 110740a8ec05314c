/** The output of tasks' containers, as their nodes keep it. */
package dev.berth.api.application.logs;
