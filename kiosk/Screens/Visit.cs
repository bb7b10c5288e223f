namespace Reception.Kiosk.Screens;

/// <summary>What a citizen has come for, as far as it is chosen: one service, and at most two that follow it. The address of a page holds it.</summary>
public sealed record Visit
{
    private const int MostFurther = 2;

    private Visit(ServiceView service, IReadOnlyList<ServiceView> further, IReadOnlyList<ServiceView> offered) =>
        (Service, Further, Offered) = (service, further, offered);

    public ServiceView Service { get; }

    /// <summary>The services that follow, in order.</summary>
    public IReadOnlyList<ServiceView> Further { get; }

    /// <summary>What can still be added: the other open services, none where there are enough.</summary>
    public IReadOnlyList<ServiceView> Offered { get; }

    public bool MayHaveMore => Offered.Count > 0;

    /// <summary>The page where the lane is chosen.</summary>
    public string Address => With("", Further);

    /// <summary>The page where one more is chosen.</summary>
    public string MoreAddress => With("/further", Further);

    /// <summary>What is asked for by name is left out where it is closed, or named twice.</summary>
    public static Visit Of(KioskView view, ServiceView service, IEnumerable<string> then)
    {
        var further = Wished(view, service, then).Where(other => other.Open).ToList();
        return new Visit(
            service, further, further.Count == MostFurther ? [] : [.. view.Services.Where(other => other.Open && other.Code != service.Code).Except(further)]);
    }

    /// <summary>What was chosen to follow, open or not: of a service that has closed since its page was shown, the hub says so, and gives no number without it.</summary>
    public static IEnumerable<ServiceView> Wished(KioskView view, ServiceView service, IEnumerable<string> then) =>
        then.Distinct().Where(code => code != service.Code).Select(view.Service).OfType<ServiceView>().Take(MostFurther);

    public string Papers(string? procedure) =>
        With("/papers", Further) is var address && procedure is not null
            ? $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}of={Uri.EscapeDataString(procedure)}"
            : address;

    public string Plus(ServiceView added) => With("", [.. Further, added]);

    public string Without(ServiceView left) => With("", [.. Further.Where(one => one != left)]);

    private string With(string page, IReadOnlyList<ServiceView> further) =>
        $"/services/{Service.Code}{page}" + (further.Count == 0 ? "" : "?" + string.Join('&', further.Select(one => "then=" + Uri.EscapeDataString(one.Code))));
}
