// What `make install` prints once the package lies in its mirror.

/**
 * @param {object} installed
 * @param {string} installed.mirror  the folder
 * @param {boolean} installed.implied  whether Terraform looks into that folder by itself
 * @param {readonly string[]} installed.sources  host, namespace and type, as in the folder
 * @param {readonly string[]} installed.addresses  source addresses for `required_providers`
 * @returns {string}
 */
export function nextSteps({ mirror, implied, sources, addresses }) {
  const parts = [
    implied ? "" : cliConfiguration(mirror, sources),
    `Next, in the folder of a configuration that names the provider, run terraform init:

  terraform {
    required_providers {
      openai = { source = "${addresses[0]}" }
    }
  }

Its warning "Incomplete lock file information" says that the lock file knows this platform's package only.
`,
    `Where this version was installed before, terraform init keeps the copy that it has. To take this one, run there:

  rm -rf .terraform/providers/*/${addresses[0]}
  terraform init

If init then says that the checksums do not match, delete this provider's block from .terraform.lock.hcl first.
`,
    `To uninstall:

${sources.map((source) => `  rm -r ${quoted(`${mirror}/${source}`)}`).join("\n")}
`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/** @param {string} mirror @param {readonly string[]} sources */
function cliConfiguration(mirror, sources) {
  const list = sources.map((source) => JSON.stringify(source)).join(", ");
  const path = JSON.stringify(mirror).replaceAll("${", "$${").replaceAll("%{", "%%{");
  return `Terraform does not look into this folder by itself. Add to ~/.terraformrc, or the file in TF_CLI_CONFIG_FILE:

  provider_installation {
    filesystem_mirror {
      path    = ${path}
      include = [${list}]
    }
    direct {
      exclude = [${list}]
    }
  }
`;
}

/** @param {string} path */
function quoted(path) {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
