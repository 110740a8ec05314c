# Stands beside examples/terraform/main.tf: what else of load balancing Terraform knows.

variable "other_certificate" {
  type = string
}

variable "other_private_key" {
  type      = string
  sensitive = true
}

variable "address" {
  type = string
}

variable "tcp_port" {
  type = number
}

resource "aws_acm_certificate" "other" {
  certificate_body = var.other_certificate
  private_key      = var.other_private_key

  tags = {
    made-by = "terraform"
  }
}

resource "aws_lb_listener_certificate" "other" {
  listener_arn    = aws_lb_listener.https[0].arn
  certificate_arn = aws_acm_certificate.other.arn
}

resource "aws_lb_target_group" "by_hand" {
  name                 = "${var.name}-by-hand"
  vpc_id               = data.aws_vpc.default.id
  target_type          = "ip"
  protocol             = "TCP"
  port                 = 8000
  deregistration_delay = 0
}

resource "aws_lb_target_group_attachment" "by_hand" {
  target_group_arn = aws_lb_target_group.by_hand.arn
  target_id        = var.address
}

resource "aws_lb" "network" {
  name               = "${var.name}-network"
  load_balancer_type = "network"
  internal           = true
  subnets            = data.aws_subnets.default.ids
}

resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.network.arn
  port              = var.tcp_port
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.by_hand.arn
  }
}

resource "aws_lb_target_group" "blue" {
  name        = "${var.name}-blue"
  vpc_id      = data.aws_vpc.default.id
  target_type = "ip"
  protocol    = "HTTP"
  port        = 80

  stickiness {
    type            = "lb_cookie"
    cookie_duration = 600
  }
}

resource "aws_lb_listener_rule" "weighted" {
  listener_arn = aws_lb_listener.http.arn
  priority     = 30

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.blue.arn
        weight = 0
      }

      target_group {
        arn    = aws_lb_target_group.web.arn
        weight = 100
      }
    }
  }

  condition {
    host_header {
      values = ["weighted.localhost"]
    }
  }
}

# What is there already is looked up by its name.
data "aws_lb" "found" {
  name       = aws_lb.web.name
  depends_on = [aws_lb_listener.http]
}

data "aws_lb_listener" "found" {
  load_balancer_arn = data.aws_lb.found.arn
  port              = var.port
}

data "aws_lb_target_group" "found" {
  name       = aws_lb_target_group.web.name
  depends_on = [aws_lb_listener.http]
}

data "aws_availability_zones" "available" {
  state = "available"
}

output "found_listener" {
  value = data.aws_lb_listener.found.arn
}

output "network_url" {
  value = "http://${aws_lb.network.dns_name}:${var.tcp_port}/"
}
