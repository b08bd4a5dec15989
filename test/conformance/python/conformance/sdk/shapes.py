"""ECS's answers as plain data, from the JSON names that the API reference has."""

# Each by its name: ALL is documented since August 2026 only.
EVERY_STATUS = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated"


def page(body, of, items):
    return {"total": body["TotalCount"], "page": body["PageNumber"], "size": body["PageSize"], of: items}


def image(item):
    return {
        "id": item["ImageId"],
        "name": item.get("ImageName", ""),
        "status": item["Status"],
        "owner": item.get("ImageOwnerAlias"),
        "created": item.get("CreationTime"),
        "tags": [f"{tag['TagKey']}={tag['TagValue']}" for tag in (item.get("Tags") or {}).get("Tag") or []],
    }


def task(item):
    return {
        "id": item["TaskId"],
        "action": item["TaskAction"],
        "status": item["TaskStatus"],
        "support_cancel": item.get("SupportCancel"),
        "created": item["CreationTime"],
        "finished": item.get("FinishedTime"),
        "resource": item.get("ResourceId"),
    }
