/** Amazon ECS on the AWS wire: handlers that translate between its shapes and the use cases. */
package dev.berth.api.adapter.aws.ecs;
