# A web service behind a load balancer, as it would stand in AWS but for the provider's settings.
#
#   ./berth up                        prints the variables that the provider needs
#   terraform init && terraform apply
#   curl "$(terraform output -raw url)"

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "us-east-1"

  # These would ask AWS itself, which isn't there.
  skip_metadata_api_check     = true
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

variable "name" {
  type    = string
  default = "shop"
}

variable "image" {
  description = "Must be there on the machines, or where they can pull it."
  type        = string
  default     = "berth/example-web:1"
}

variable "revision" {
  type    = string
  default = "1"
}

variable "port" {
  type    = number
  default = 8088
}

variable "https_port" {
  type    = number
  default = 8443
}

variable "certificate" {
  description = "PEM. With it and its key there is a listener of HTTPS as well."
  type        = string
  default     = ""
}

variable "private_key" {
  type      = string
  default   = ""
  sensitive = true
}

# There is a default VPC with a subnet per zone. Berth keeps and shows networks, and filters nothing.
data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

resource "aws_security_group" "web" {
  name   = var.name
  vpc_id = data.aws_vpc.default.id

  ingress {
    from_port   = var.port
    to_port     = var.port
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "web" {
  name               = var.name
  load_balancer_type = "application"
  security_groups    = [aws_security_group.web.id]
  subnets            = data.aws_subnets.default.ids
  idle_timeout       = 30

  tags = {
    made-by = "terraform"
  }
}

resource "aws_lb_target_group" "web" {
  name                 = var.name
  vpc_id               = data.aws_vpc.default.id
  target_type          = "instance"
  protocol             = "HTTP"
  port                 = 80
  deregistration_delay = 5

  health_check {
    path              = "/"
    interval          = 5
    timeout           = 2
    healthy_threshold = 2
    matcher           = "200-299"
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = var.port
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_listener_rule" "revision" {
  listener_arn = aws_lb_listener.http.arn
  priority     = 10

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
      message_body = "revision ${var.revision}"
    }
  }

  condition {
    path_pattern {
      values = ["/revision"]
    }
  }
}

resource "aws_lb_listener_rule" "moved" {
  listener_arn = aws_lb_listener.http.arn
  priority     = 20

  action {
    type = "redirect"

    redirect {
      path        = "/"
      status_code = "HTTP_301"
    }
  }

  condition {
    path_pattern {
      values = ["/old/*"]
    }
  }

  condition {
    http_request_method {
      values = ["GET", "HEAD"]
    }
  }
}

resource "aws_acm_certificate" "web" {
  count            = var.certificate == "" ? 0 : 1
  certificate_body = var.certificate
  private_key      = var.private_key
}

resource "aws_lb_listener" "https" {
  count             = length(aws_acm_certificate.web)
  load_balancer_arn = aws_lb.web.arn
  port              = var.https_port
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.web[count.index].arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_ecs_task_definition" "web" {
  family                   = var.name
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
      environment  = [{ name = "REVISION", value = var.revision }]
      stopTimeout  = 10
    }
  ])
}

resource "aws_ecs_service" "web" {
  name                              = var.name
  cluster                           = "default"
  task_definition                   = aws_ecs_task_definition.web.arn
  desired_count                     = 2
  launch_type                       = "EC2"
  health_check_grace_period_seconds = 30
  wait_for_steady_state             = true

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # A service's target group has to belong to a load balancer.
  depends_on = [aws_lb_listener.http]
}

output "url" {
  value = "http://${aws_lb.web.dns_name}:${var.port}/"
}
