terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "us-east-1"

  # Everything below asks AWS itself, which isn't there.
  skip_metadata_api_check     = true
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

variable "image" {
  type = string
}

resource "aws_ecs_cluster" "own" {
  name = "terraform-story"

  setting {
    name  = "containerInsights"
    value = "disabled"
  }

  tags = {
    made-by = "terraform"
  }
}

# The instances of this machine are in the cluster "default"; those of the group serve the provider.
resource "aws_ecs_capacity_provider" "own" {
  name = "terraform-story"

  auto_scaling_group_provider {
    auto_scaling_group_arn         = "arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:00000000-0000-0000-0000-000000000000:autoScalingGroupName/terraform-story"
    managed_termination_protection = "DISABLED"

    managed_scaling {
      status = "DISABLED"
    }
  }
}

resource "aws_ecs_cluster_capacity_providers" "default" {
  cluster_name       = "default"
  capacity_providers = [aws_ecs_capacity_provider.own.name]
}

resource "aws_ecs_task_definition" "web" {
  family                   = "terraform-story"
  network_mode             = "bridge"
  requires_compatibilities = ["EC2"]

  container_definitions = jsonencode([
    {
      name         = "web"
      image        = var.image
      cpu          = 32
      memory       = 64
      essential    = true
      portMappings = [{ containerPort = 8080, hostPort = 0 }]
      environment  = [{ name = "REVISION", value = var.image }]
      stopTimeout  = 10
    }
  ])
}

resource "aws_ecs_service" "web" {
  name                  = "terraform-story"
  cluster               = aws_ecs_cluster_capacity_providers.default.cluster_name
  task_definition       = aws_ecs_task_definition.web.arn
  desired_count         = 2
  wait_for_steady_state = true

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.own.name
    base              = 1
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  ordered_placement_strategy {
    type  = "spread"
    field = "attribute:ecs.availability-zone"
  }

  ordered_placement_strategy {
    type  = "binpack"
    field = "memory"
  }

  tags = {
    made-by = "terraform"
  }
}

output "task_definition" {
  value = aws_ecs_task_definition.web.arn
}
