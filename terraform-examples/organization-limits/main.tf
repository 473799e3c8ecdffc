# Keeps what the whole organization may spend, who is warned, and what OpenAI keeps of its requests. The admin key comes from OPENAI_ADMIN_KEY.

# Amounts are in cents.
resource "openai_organization_spend_limit" "all" {
  threshold_amount = 500000
  currency         = "USD"
  interval         = "month"
}

resource "openai_organization_spend_alert" "all" {
  for_each = toset(["50", "80"])

  threshold_amount                    = openai_organization_spend_limit.all.threshold_amount * tonumber(each.key) / 100
  currency                            = "USD"
  interval                            = "month"
  notification_channel_type           = "email"
  notification_channel_recipients     = ["costs@example.com"]
  notification_channel_subject_prefix = "[${each.key} %]"
}

# For projects that do not say otherwise.
resource "openai_organization_data_retention" "all" {
  type = "modified_abuse_monitoring"
}

data "openai_organization_spend_alerts" "all" {
  depends_on = [openai_organization_spend_alert.all]
}

output "alerts" {
  value = sort([for alert in data.openai_organization_spend_alerts.all.spend_alerts : format("%06d", alert.threshold_amount)])
}

output "enforced" {
  value = openai_organization_spend_limit.all.enforcement_status == "enforcing"
}
