# Finds the fine-tuned models of a project, what they cost in tokens, and the last events of a job. OpenAI is closing the
# creation of fine-tuning jobs; those that are there can be read.

data "openai_fine_tuning_jobs" "all" {}

data "openai_fine_tuning_job" "latest" {
  id = data.openai_fine_tuning_jobs.all.ids[0]
}

data "openai_fine_tuning_events" "latest" {
  fine_tuning_job_id = data.openai_fine_tuning_job.latest.id
  limit              = 10
}

data "openai_fine_tuning_checkpoints" "latest" {
  fine_tuning_job_id = data.openai_fine_tuning_job.latest.id
}

output "models" {
  value = {
    for job in data.openai_fine_tuning_jobs.all.fine_tuning_jobs : job.fine_tuned_model => job.trained_tokens
    if job.status == "succeeded"
  }
}

output "method" {
  value = jsondecode(data.openai_fine_tuning_job.latest.method_json).type
}

output "messages" {
  value = data.openai_fine_tuning_events.latest.fine_tuning_events[*].message
}

output "checkpoints" {
  value = data.openai_fine_tuning_checkpoints.latest.fine_tuning_checkpoints[*].fine_tuned_model_checkpoint
}
