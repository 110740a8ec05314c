/**
 * How what the scheduler decided and what nodes and load balancers saw changes api-service's rows,
 * and which public events follow from it: functions of (row, record), guarded by versions.
 */
package dev.berth.api.domain.fold;
